"""Documents to tokens and counts: lexicon, segmentation, counts, concordance."""
