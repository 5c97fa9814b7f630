-- Private lines to the vendor's network.

return {
  {
    "CreateLivePrivateLine", rate = 50,
    params = {
      "AccelerationArea! AccelerationType! AppName! DomainName! InstanceId* MaxBandwidth* Reuse!",
      "StreamName! VideoCenter!",
      "RegionId",
    },
  },
  {
    "DeleteLivePrivateLine", rate = 50,
    params = { "AccelerationType! AppName! DomainName! StreamName! RegionId" },
  },
  { "DescribeLivePrivateLineAreas", rate = 50, params = { "DomainName! RegionId" } },
  {
    "DescribeLivePrivateLineAvailGA", rate = 50,
    params = {
      "DomainName! IsGaInstance! AccelerationArea AppName RegionId StreamName VideoCenter",
    },
  },
}
