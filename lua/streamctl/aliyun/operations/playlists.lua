-- Playlists: recorded programs that are played as a stream.

local PLAYLIST = { "ProgramId", of = "playlist" }

return {
  {
    -- a repeat may begin the list anew
    "StartPlaylist", rate = 10, resource = PLAYLIST,
    settle = { -- a playlist that does not run may have come to its end
      "ListPlaylist", "ProgramId", entry = { "ProgramId" }, state = "Status", executed = { 1 },
    },
    params = { "ProgramId! Offset:integer RegionId ResumeMode StartItemId" },
    rules = { { "required_if", "StartItemId", "ResumeMode", "Custom" } },
  },
  {
    "StopPlaylist", rate = 10, safe = true, resource = PLAYLIST,
    params = { "ProgramId! RegionId" },
  },
  { "EditPlaylist", rate = 10, params = { "ProgramId! ProgramItems! ProgramConfig RegionId" } },
  { "DeletePlaylist", rate = 10, resource = PLAYLIST, params = { "ProgramId! RegionId" } },
  {
    "ListPlaylist", rate = 10,
    pages = {
      page = "Page", size = "PageSize", total = "Total", items = "ProgramList",
      key = { "ProgramId" },
    },
    params = { "Page:integer PageSize:integer ProgramId RegionId" },
  },
  {
    "AddPlaylistItems", rate = 10,
    params = { "CasterId! ProgramItems! ProgramConfig ProgramId RegionId" },
  },
  { "DeletePlaylistItems", rate = 10, params = { "ProgramId! ProgramItemIds! RegionId" } },
  { "ListPlaylistItems", rate = 10, params = { "ProgramId! ProgramItemIds RegionId" } },
}
