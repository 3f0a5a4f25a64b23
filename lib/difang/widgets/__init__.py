"""The bench: controls for JupyterLab over the functions of the other rooms."""
