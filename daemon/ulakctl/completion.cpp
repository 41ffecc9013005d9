#include "ulakctl/completion.hpp"

namespace ulak::ctl {

const std::string_view bash_completion = R"sh(_ulakctl() {
    local word=${COMP_WORDS[COMP_CWORD]} line files=
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ $line == :files ]]; then files=1; else COMPREPLY+=("$line"); fi
    done < <(ulakctl __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
    [[ -n $files ]] && COMPREPLY+=($(compgen -f -- "$word"))
    [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    return 0
}
complete -o filenames -F _ulakctl ulakctl
)sh";

const std::string_view zsh_completion = R"sh(#compdef ulakctl
_ulakctl() {
    local -a lines names open
    lines=(${(f)"$(ulakctl __complete "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    names=(${lines:#(:files|*=)})
    open=(${(M)lines:#*=})
    compadd -- $names
    compadd -S '' -- $open
    (( ${lines[(I):files]} )) && _files
    return 0
}
_ulakctl "$@"
)sh";

const std::string_view fish_completion = R"sh(function __ulakctl_complete
    set -l words (commandline -opc)[2..-1] (commandline -ct)
    for line in (ulakctl __complete $words 2>/dev/null)
        if test "$line" = ":files"
            __fish_complete_path (commandline -ct)
        else
            echo $line
        end
    end
end
complete -c ulakctl -f -a '(__ulakctl_complete)'
)sh";

} // namespace ulak::ctl
