#include "sim/agenda.hpp"

#include <utility>

namespace ulak::sim {

void agenda::at(wall_point when, action what)
{
    waiting_.push(item{when, added_++, std::move(what)});
}

void agenda::advance(wall_point now)
{
    while (!waiting_.empty() && waiting_.top().when <= now) {
        auto due = waiting_.top().when;
        auto what = waiting_.top().what;
        waiting_.pop();
        what(due);
    }
}

} // namespace ulak::sim
