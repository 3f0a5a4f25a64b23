(() => {
  const chinese = document.documentElement.lang.startsWith("zh");
  const [filter, part] = chinese ? ["筛选 ", "／"] : ["Filter ", " of "];
  const [copy, copied, download] = chinese
    ? ["复制", "已复制", "下载 CSV"]
    : ["Copy", "Copied", "Download CSV"];
  const value = (unit, column) => {
    const cell = unit.rows[0].cells[column];
    const number = cell.dataset.value;
    return number === undefined ? cell.textContent.trim() : Number(number);
  };
  const compare = (a, b) =>
    typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "zh");
  const sort = (table, column, heading) => {
    const first = heading.classList.contains("number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = heading.ariaSort === first ? other : first;
    const sign = order === "ascending" ? 1 : -1;
    const missing = (v) => v === "—";
    const units = [...table.tBodies].map((unit) => [value(unit, column), unit]);
    units.sort(([a], [b]) => missing(a) - missing(b) || sign * compare(a, b));
    table.append(...units.map(([, unit]) => unit));
    for (const cell of table.tHead.rows[0].cells) cell.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", order);
  };
  const makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((heading, column) => {
      if (heading.classList.contains("plain")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...heading.childNodes);
      button.addEventListener("click", () => sort(table, column, heading));
      heading.append(button);
    });
  };
  const makeFilter = (table) => {
    const label = document.createElement("label");
    const field = document.createElement("input");
    const told = document.createElement("output");
    label.className = "filter";
    field.type = "search";
    label.append(filter, field, " ", told);
    field.addEventListener("input", () => {
      const wanted = field.value.trim().toLowerCase();
      let shown = 0;
      for (const unit of table.tBodies) {
        unit.hidden = !unit.textContent.toLowerCase().includes(wanted);
        shown += !unit.hidden;
      }
      told.textContent = wanted ? `${shown}${part}${table.tBodies.length}` : "";
    });
    table.caption.append(label);
  };
  const plain = (cell) => {
    if (cell.dataset.value !== undefined) return cell.dataset.value;
    const bare = cell.cloneNode(true);
    for (const gloss of bare.querySelectorAll("small")) gloss.remove();
    return bare.textContent.trim();
  };
  const rows = (table) => {
    const kept = (cell, column) => !table.tHead.rows[0].cells[column].classList.contains("plain");
    const units = [...table.tBodies].filter((unit) => !unit.hidden);
    return [table.tHead, ...units].map((unit) => [...unit.rows[0].cells].filter(kept).map(plain));
  };
  const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const save = (table) => {
    const text = rows(table).map((row) => row.map(quoted).join(",") + "\r\n").join("");
    const link = document.createElement("a");
    const page = decodeURIComponent(location.pathname.split("/").pop()).replace(/\.html?$/, "");
    const tables = [...document.querySelectorAll(".difang > table")];
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    link.download = `${page}-table-${tables.indexOf(table) + 1}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };
  const take = (table, button) => {
    const line = (row) => row.map((text) => text.replace(/\s+/g, " ")).join("\t");
    getSelection().selectAllChildren(table);
    navigator.clipboard?.writeText(rows(table).map(line).join("\n"));
    button.textContent = copied;
  };
  const makeTools = (table) => {
    const tools = document.createElement("span");
    tools.className = "tools";
    for (const [name, act] of [[copy, take], [download, save]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-live", "polite");
      button.addEventListener("click", () => act(table, button));
      tools.append(" ", button);
    }
    table.caption.append(tools);
  };
  for (const table of document.querySelectorAll(".difang > table:not([data-live])")) {
    table.dataset.live = "";
    if (table.caption && table.tBodies.length) makeTools(table);
    if (table.tBodies.length < 2) continue;
    makeSortable(table);
    if (table.tBodies.length > 5) makeFilter(table);
  }
  for (const head of document.querySelectorAll("dt[data-copy]:not([data-live])")) {
    const button = document.createElement("button");
    const text = head.nextElementSibling;
    head.dataset.live = "";
    button.type = "button";
    button.textContent = head.dataset.copy;
    button.setAttribute("aria-label", `${head.dataset.copy}: ${head.textContent}`);
    button.addEventListener("click", () => {
      getSelection().selectAllChildren(text);
      navigator.clipboard?.writeText(text.textContent);
    });
    head.append(" ", button);
  }
})();
