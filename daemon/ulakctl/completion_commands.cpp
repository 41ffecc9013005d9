#include "ulakctl/completion_commands.hpp"

#include "ulakctl/completion.hpp"
#include "ulakctl/completion_words.hpp"

namespace ulak::ctl {

int show_completion(cli_context& s, const arguments& a)
{
    const std::string& shell = a.names.front();
    s.print(shell == "bash" ? bash_completion : shell == "zsh" ? zsh_completion : fish_completion);
    return exit_ok;
}

int show_completions(cli_context& s, const arguments& a)
{
    for (const std::string& word : completions(s, a.names))
        s.print(word + "\n");
    return exit_ok;
}

} // namespace ulak::ctl
