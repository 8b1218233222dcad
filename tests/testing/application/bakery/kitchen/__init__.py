from infragraph import Service

kitchen = Service("kitchen")
