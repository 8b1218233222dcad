"""All file access: nothing else of the compiler opens, lists or writes a file."""
