// The events for one reader as NDJSON: first from the store, then live, without a gap between the two.
#pragma once

#include "control/detail/server_state.hpp"

#include <cstdint>
#include <string>

namespace ulak::control {

/// Everything that has a seq is written once, in order. References outlive the stream.
class event_stream {
  public:
    /// `masked`: the reader may only look.
    event_stream(ledger::ledger& store, http::body_writer& out, std::int64_t after, bool masked)
        : store_(store), out_(out), last_(after), masked_(masked)
    {}

    /// `slow`: the reader lags behind, or was cancelled because others need its place; it can come back. `gone`: it
    /// has left, or the store cannot be read.
    enum class state { reading, slow, gone };

    /// What the store has beyond the last event written.
    task<state> catch_up();
    /// Live events until the reader is slow or gone; an empty line every 15 s without one.
    task<state> follow(events::subscription& live);
    /// The last line for a slow reader: why the stream ends, and where to resume.
    task<void> write_cut();

  private:
    static state state_after(const error& e);
    std::string line(const events::event& e);

    ledger::ledger& store_;
    http::body_writer& out_;
    std::int64_t last_; ///< seq of the last event written
    bool masked_;
};

} // namespace ulak::control
