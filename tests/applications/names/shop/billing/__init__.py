from infragraph import Service

billing = Service("billing")
