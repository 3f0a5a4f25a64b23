"""difang: a research workbench for the texts of Chinese local government."""
