from acme.lib.resources import licence

LICENCE = licence.get()
