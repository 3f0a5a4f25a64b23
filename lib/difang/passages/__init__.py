"""Set phrases, and passages shared between documents."""
