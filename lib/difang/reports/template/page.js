(() => {
  const links = new Map();
  for (const link of document.querySelectorAll("nav a"))
    links.set(document.getElementById(decodeURIComponent(link.hash.slice(1))), link);
  const headings = [...links.keys()];
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < 120);
    for (const link of links.values()) link.removeAttribute("aria-current");
    links.get(passed.at(-1))?.setAttribute("aria-current", "true");
  };
  document.addEventListener("scroll", mark, { passive: true });
  mark();
})();
