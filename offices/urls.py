from django.urls import path

from .views import OfficeCalendar, OfficeDetail, OfficeList

app_name = "offices"
urlpatterns = [
    path("", OfficeList.as_view(), name="list"),
    path("<slug:slug>/", OfficeDetail.as_view(), name="detail"),
    path("<slug:slug>/calendar.ics", OfficeCalendar.as_view(), name="calendar"),
]
