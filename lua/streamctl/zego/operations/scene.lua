-- Scenes of the metaworld, which the vendor has discontinued.

return {
  docs = "real-time-video-server/api-reference/scene/", host = "metaworld",
  {
    "SetSceneTemplate", rate = 50, safe = true, already = { [340004003] = true },
    params = {
      "TemplateId:number! LeftBottomX:number LeftBottomZ:number RightUpX:number RightUpZ:number",
      "MaxUserNum:integer! ViewRadius:integer! MaxVisibleNum:integer!",
    },
  },
}
