-- Seeds that a fault of the library or of the judge has made red: they are run with the first ones.

return {
  3424, -- a call that has left a joint request joins the next one
  9558, -- another call comes between the numbers of a joint request
  19163106, -- a key ends before an attempt, which is counted
  19164333, -- a busy store looks far away, and the process was stopped
  38001133, 38001195, -- keys come after the end of a wait
  241187911, -- a process that was stopped wakes with little time
  246608305, -- a copy of a request arrives, whose first one was refused for its time
  265807873, -- a Redis whose clock is set back brings no lock back
}
