"""The record of who published and who handled what, which is only ever added to."""
