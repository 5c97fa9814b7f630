-- `streamctl completion bash|zsh|fish`: scripts that ask the command itself, which knows profiles
-- and operations.

local text = require "streamctl.cli.output.text"

local completion = {
  summary = "Write a completion script for a shell",
  examples = { "completion bash >/etc/bash_completion.d/streamctl",
    "completion zsh >~/.zfunc/_streamctl" },
}

function completion.define(command)
  command:argument("shell", "bash, zsh or fish."):choices { "bash", "zsh", "fish" }
  command:argument("WORD", "The words of a command line; -- comes before them.")
    :args "*":target "words"
end

-- COMP_WORDS has words cut at @, : and =; what bash replaces is $2.
local SCRIPTS = {
  bash = [=[
_streamctl() {
    local cur flag name prefix quoted file line i program="${COMP_WORDS[0]/#~\//$HOME/}"
    local -a words=()
    for ((i = 1; i <= COMP_CWORD; i++)); do
        cur="${COMP_WORDS[i]}"
        if ((i > 1)) && [[ $cur == [@:=]* || $cur == ?* && ${COMP_WORDS[i-1]} == *[@:=] ]] &&
            [[ $COMP_LINE == *"${COMP_WORDS[i-1]}$cur"* ]]; then
            words[${#words[@]}-1]+="$cur"
        else
            words+=("$cur")
        fi
    done
    cur="${words[${#words[@]}-1]}"
    prefix="${cur%"$2"}"
    flag="${cur%"${cur#--*=}"}"
    name="${cur#"$flag"}"
    [[ $name == [\"\']* ]] && quoted="${name:0:1}"
    name="${name//[\"\'\\]/}"
    COMPREPLY=()
    while IFS= read -r line; do
        case "$line" in
        "<files>")
            compopt -o filenames 2>/dev/null
            while IFS= read -r file; do
                file="$flag$file"
                COMPREPLY+=("${file#"$prefix"}")
            done < <(compgen -f -- "$name") ;;
        "<@files>")
            [[ -n $name && $name != @* ]] && continue
            while IFS= read -r file; do
                [[ -d $file ]] && file+=/ && compopt -o nospace 2>/dev/null
                case "$quoted" in
                \") file=${file//\\/\\\\} file=${file//\"/\\\"} file=${file//\$/\\\$}
                    file=${file//\`/\\\`} file=${file//\!/\"\\!\"} ;;
                \') file=${file//\'/\'\\\'\'} ;;
                *) printf -v file %q "$file" ;;
                esac
                file="$flag@$file"
                COMPREPLY+=("${file#"$prefix"}")
            done < <(compgen -f -- "${name#@}") ;;
        *)
            line="${line%%$'\t'*}"
            [[ $line == *[=:/] ]] && compopt -o nospace 2>/dev/null
            COMPREPLY+=("${line#"$prefix"}") ;;
        esac
    done < <("$program" completion bash -- "${words[@]}" 2>/dev/null)
}
complete -F _streamctl streamctl
]=],
  zsh = [=[
#compdef streamctl
_streamctl() {
    local line word result=1
    local -a found open
    for line in "${(@f)$("${words[1]/#\~\//$HOME/}" completion zsh -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        case "$line" in
        "<files>")
            compset -P '--*='
            _files && result=0 ;;
        "<@files>")
            compset -P '--*='
            if compset -P @; then
                _files && result=0
            elif [[ -z $PREFIX ]]; then
                _files -P @ && result=0
            fi ;;
        "") ;;
        *)
            word="${line%%$'\t'*}"
            line="${word//:/\\:}${${line#"$word"}/$'\t'/:}"
            if [[ $word == *[=:/] ]]; then open+=("$line"); else found+=("$line"); fi ;;
        esac
    done
    (($#found)) && _describe streamctl found && result=0
    (($#open)) && _describe streamctl open -S '' && result=0
    return result
}
if [[ $funcstack[1] == _streamctl ]]; then _streamctl "$@"; else compdef _streamctl streamctl; fi
]=],
  fish = [=[
function __streamctl_complete
    set -l words (commandline -opc)
    set -l cur (commandline -ct)
    set -l flag (string match -r '^--[^=]+=' -- "$cur")
    set -l name (string replace -r '^--[^=]+=' '' -- "$cur")
    for line in ($words[1] completion fish -- $words[2..-1] "$cur" 2>/dev/null)
        switch $line
            case '<files>'
                __fish_complete_path "$name" | string replace -r -- '^' "$flag"
            case '<@files>'
                if string match -q -r '^(@|$)' -- "$name"
                    __fish_complete_path (string sub -s 2 -- "$name") \
                        | string replace -r -- '^' "$flag@"
                end
            case '*'
                echo $line
        end
    end
end
complete -c streamctl -f -a '(__streamctl_complete)'
]=],
}

function completion.run(invocation)
  local args, out = invocation.args, invocation.out
  if not args.words[1] then return out:write(SCRIPTS[args.shell]) end
  local complete = require "streamctl.cli.complete" -- the scripts need no parser
  for _, found in ipairs(complete.words(invocation, args.words)) do
    local description = found[2] and "\t" .. text.clean(found[2]) or ""
    out:write(text.clean(found[1]) .. description .. "\n")
  end
end

return completion
