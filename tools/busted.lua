-- busted's command line under the interpreter that runs this file; /usr/bin/busted names only one.
require "busted.runner" { standalone = false }
