from infragraph import Service

orders = Service("orders")
