#include "control/control.hpp"

#include "control/detail/dispatcher.hpp"

namespace ulak::control {

control::control(dependencies d) : dispatcher_(std::make_unique<dispatcher>(std::move(d))) {}

control::~control() = default;

http::handler control::handler()
{
    return [d = dispatcher_.get()](const http::incoming_request& in) { return d->answer(in); };
}

} // namespace ulak::control
