from infragraph import Service

reports = Service("reports")
