from infragraph import Service

back = Service("back")
