from infragraph import Service

sink = Service("sink")
