from infragraph import Service

api = Service("api")
