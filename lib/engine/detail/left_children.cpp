#include "engine/detail/left_children.hpp"

#include "core/text.hpp"

#include <sys/wait.h>

namespace ulak::engine {

std::size_t left_children::count()
{
    std::erase_if(pids_, [](pid_t pid) { return ::waitpid(pid, nullptr, WNOHANG) != 0; });
    return pids_.size();
}

std::string left_children::pids() const
{
    return join(pids_, ", ", [](pid_t pid) { return std::to_string(pid); });
}

left_children& left_children::of_process()
{
    static left_children all;
    return all;
}

} // namespace ulak::engine
