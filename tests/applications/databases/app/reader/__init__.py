from infragraph import Service

reader = Service("reader")
