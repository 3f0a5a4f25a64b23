"""Counts to scores: TF-IDF by group, dispersion, names, refusals."""
