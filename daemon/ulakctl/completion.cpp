#include "ulakctl/completion.hpp"

#include "core/text.hpp"

namespace ulak::ctl {

namespace {

bool is_live(std::string_view completes)
{
    return completes == "job" || completes == "run" || completes == "account" || completes == "entry";
}

std::string joined_option_names(const std::vector<option_reference>& options)
{
    std::string all;
    for (const option_reference& o : options)
        for (const std::string& name : o.names)
            append_joined(all, " ", name);
    return all;
}

/// For a text between single quotes.
std::string single_quoted(std::string_view text)
{
    std::string out;
    for (char c : text)
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out;
}

constexpr std::string_view global_options = "--socket --output --quiet --help --version";

} // namespace

std::string bash_completion(const std::vector<command_reference>& all)
{
    std::string names, cases;
    for (const command_reference& row : all) {
        const std::string_view c = row.definition->completes;
        append_joined(names, " ", row.definition->name);
        std::string words =
            is_live(c) ? "$(ulakctl __names " + std::string(c) + " 2>/dev/null)" : std::string(c == "file" ? "" : c);
        cases += "    " + std::string(row.definition->name) + ")\n        words=\"" + words + "\" options=\"" +
                 joined_option_names(row.options) + "\"" + (c == "file" ? " files=1" : "") + ";;\n";
    }
    return "_ulakctl() {\n"
           "    local word=${COMP_WORDS[COMP_CWORD]} command= words= options= files= i\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        case ${COMP_WORDS[i]} in\n"
           "        --socket|-o|--output) ((i++));;\n"
           "        -*) ;;\n"
           "        *) command=${COMP_WORDS[i]}; break;;\n"
           "        esac\n"
           "    done\n"
           "    case ${COMP_WORDS[COMP_CWORD-1]} in\n"
           "    --socket|--config) COMPREPLY=($(compgen -f -- \"$word\")); return;;\n"
           "    -o|--output) COMPREPLY=($(compgen -W \"table json sarif\" -- \"$word\")); return;;\n"
           "    --job) COMPREPLY=($(compgen -W \"$(ulakctl __names job 2>/dev/null)\" -- \"$word\")); return;;\n"
           "    esac\n"
           "    case $command in\n"
           "    '') words=\"" +
           names + "\";;\n" + cases +
           "    esac\n"
           "    if [[ $word == -* ]]; then words=\"$options " +
           std::string(global_options) +
           "\"; fi\n"
           "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
           "    [[ -n $files && $word != -* ]] && COMPREPLY+=($(compgen -f -- \"$word\"))\n"
           "    return 0\n"
           "}\n"
           "complete -o filenames -F _ulakctl ulakctl\n";
}

std::string zsh_completion(const std::vector<command_reference>& all)
{
    std::string names, cases;
    for (const command_reference& row : all) {
        const std::string_view c = row.definition->completes;
        names += "        '" + single_quoted(row.definition->name) + ":" + single_quoted(row.definition->help) + "'\n";
        cases += "    " + std::string(row.definition->name) + ")\n        options=(" +
                 joined_option_names(row.options) + ")\n        ";
        if (is_live(c))
            cases += "compadd -- ${(f)\"$(ulakctl __names " + std::string(c) + " 2>/dev/null)\"}";
        else if (c == "file")
            cases += "_files";
        else if (!c.empty())
            cases += "compadd -- " + std::string(c);
        cases += ";;\n";
    }
    return "#compdef ulakctl\n"
           "_ulakctl() {\n"
           "    local -a commands options\n"
           "    commands=(\n" +
           names +
           "    )\n"
           "    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
           "    case ${words[2]} in\n" +
           cases +
           "    esac\n"
           "    [[ ${words[CURRENT]} == -* ]] && compadd -- $options " +
           std::string(global_options) + "\n}\n_ulakctl \"$@\"\n";
}

std::string fish_completion(const std::vector<command_reference>& all)
{
    std::string out = "complete -c ulakctl -f\n"
                      "complete -c ulakctl -l socket -r -F -d 'Control socket of ulakd'\n"
                      "complete -c ulakctl -s o -l output -x -a 'table json sarif'\n"
                      "complete -c ulakctl -s q -l quiet -d 'The value alone'\n";
    for (const command_reference& row : all) {
        const std::string name(row.definition->name);
        const std::string_view c = row.definition->completes;
        const std::string here = "complete -c ulakctl -n '__fish_seen_subcommand_from " + name + "'";
        out += "complete -c ulakctl -n __fish_use_subcommand -a " + name + " -d '" +
               single_quoted(row.definition->help) + "'\n";
        if (is_live(c))
            out += here + " -a '(ulakctl __names " + std::string(c) + " 2>/dev/null)'\n";
        else if (c == "file")
            out += here + " -F\n";
        else if (!c.empty())
            out += here + " -a '" + std::string(c) + "'\n";
        for (const option_reference& o : row.options) {
            out += here;
            for (const std::string& n : o.names)
                out += n.starts_with("--") ? " -l " + n.substr(2) : " -s " + n.substr(1);
            out += std::string(o.takes_value ? " -r" : "") + " -d '" + single_quoted(o.help) + "'\n";
        }
    }
    return out;
}

} // namespace ulak::ctl
