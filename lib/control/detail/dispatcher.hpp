// Takes a request to its handler, as far as its sender may, and records what changes something.
#pragma once

#include "control/detail/request_context.hpp"

namespace ulak::control {

/// Keeps no state per connection; outlives every answer.
class dispatcher {
  public:
    explicit dispatcher(dependencies d);

    /// 403: a web page, another Host, or too low an access level; 404 and 405: no such route; else the handler's
    /// answer.
    task<http::reply> answer(const http::incoming_request& in);

  private:
    task<http::reply> handle(const http::incoming_request& in);
    task<void> audit(const request_context& c, int status);
    void log_refused(const http::incoming_request& in);

    server_state server_;
};

} // namespace ulak::control
