"""Files to documents: reading, edits, repair, page furniture, places, dates, metadata."""
