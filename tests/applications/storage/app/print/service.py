from infragraph import Service

printing = Service("printing")
