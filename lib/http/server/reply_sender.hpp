// Sends the replies of one connection, whole or piece by piece.
#pragma once

#include "http/server/connection_lifetime.hpp"
#include "http/server/reply_budget.hpp"

#include <string>

namespace ulak::http {

/// What the request says about the form of its reply.
struct reply_form {
    bool is_head = false;   ///< HEAD: the header only
    bool is_read = false;   ///< GET or HEAD: nothing was done for it, and it may be asked again
    bool is_http10 = false; ///< no chunks: the end of the connection ends a stream
    bool keep_alive = false;
};

/// The references must outlive this object. A write that failed is the last one.
class reply_sender final : private body_writer {
  public:
    reply_sender(stream& on, connection_lifetime& lifetime, reply_budget& budget)
        : stream_(on), lifetime_(lifetime), budget_(budget)
    {}

    /// In the stage `writing`. True: the reply went out whole, and its end is clear to the peer. A reply that cannot be
    /// written (a header that would split it) becomes a 500, one that the budget has no room for a 503. Never throws
    /// for what the reply's stream does.
    task<bool> send(reply r, reply_form form);
    /// 100 Continue.
    task<bool> send_continue();

  private:
    task<bool> send_whole(reply r, reply_form form);
    task<bool> send_stream(reply r, reply_form form);
    task<bool> send_faulty(reply r);
    task<bool> write_bytes(std::string bytes);
    task<result<void>> write(std::string piece) override;

    stream& stream_;
    connection_lifetime& lifetime_;
    reply_budget& budget_;
    bool chunked_ = false;
    bool write_failed_ = false;
};

} // namespace ulak::http
