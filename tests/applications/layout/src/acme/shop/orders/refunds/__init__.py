from infragraph import Service

refunds = Service("refunds")
