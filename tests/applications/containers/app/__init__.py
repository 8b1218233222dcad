from infragraph import Service

app = Service("app")
