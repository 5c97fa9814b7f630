-- Edge transcoding: jobs on clusters near the edge.

local JOB = { "ClusterId", "JobId", of = "edge transcode job" }

return {
  {
    "CreateEdgeTranscodeJob", rate = 6000 / 60,
    params = { "ClusterId! Name! StreamInput! StreamOutput! TemplateId! RegionId" },
  },
  {
    "UpdateEdgeTranscodeJob", rate = 6000 / 60, resource = JOB,
    params = { "ClusterId! JobId! Name RegionId StreamInput StreamOutput TemplateId" },
  },
  {
    "StartEdgeTranscodeJob", rate = 6000 / 60, safe = true, resource = JOB,
    params = { "ClusterId! JobId! RegionId" },
  },
  {
    "StopEdgeTranscodeJob", rate = 6000 / 60, safe = true, resource = JOB,
    params = { "ClusterId! JobId! RegionId" },
  },
  {
    "DeleteEdgeTranscodeJob", rate = 6000 / 60, resource = JOB,
    params = { "ClusterId! JobId! RegionId" },
  },
  { "GetEdgeTranscodeJob", rate = 6000 / 60, params = { "ClusterId! JobId! RegionId" } },
  {
    "ListEdgeTranscodeJob", rate = 6000 / 60,
    params = {
      "ClusterId! Keyword PageNo:number PageSize:number RegionId SortBy Status:number Type",
    },
  },
  { "GetEdgeTranscodeTemplate", rate = 6000 / 60, params = { "ClusterId! TemplateId! RegionId" } },
  {
    "ListEdgeTranscodeTemplate", rate = 6000 / 60,
    params = { "ClusterId! Keyword PageNo:number PageSize:number RegionId SortBy Type VideoCodec" },
  },
}
