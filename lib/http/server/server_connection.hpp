// One accepted connection: requests in turn, each with its reply.
#pragma once

#include "http/server/connection_lifetime.hpp"
#include "http/server/reply_sender.hpp"
#include "http/server/request_reader.hpp"
#include "http/server/service_config.hpp"

#include <array>
#include <memory>
#include <string>

namespace ulak::http {

class server_connection final : private wait_observer {
  public:
    server_connection(std::shared_ptr<const service_config> service, std::unique_ptr<stream> wire, peer from,
                      async::clock& clock, std::shared_ptr<deadline_queue> deadlines);

    /// Ends when the connection does. Never throws for what the peer or the handler does.
    task<> run();
    /// Replies with one 503, for a connection beyond the limit.
    task<> reject_busy();
    /// The same without waiting for anything, for more of them than are worth that.
    static void refuse_now(int fd) noexcept;

    connection_lifetime& lifetime() noexcept { return lifetime_; }
    const connection_lifetime& lifetime() const noexcept { return lifetime_; }
    const service_config* service() const noexcept { return service_.get(); }
    const peer& remote() const noexcept { return peer_; }
    std::uint64_t sequence = 0; ///< in the order of accepting
    bool has_place = true;      ///< false: it is being rejected

  private:
    using stage = connection_lifetime::stage;

    task<bool> serve_one();
    task<bool> read_request();
    task<bool> reject();
    task<reply> call_handler();
    task<> linger();
    void begin_wait() noexcept override { lifetime_.begin_wait(); }
    void end_wait() noexcept override { lifetime_.end_wait(); }

    std::shared_ptr<const service_config> service_;
    std::unique_ptr<stream> stream_;
    std::shared_ptr<deadline_queue> deadlines_; ///< before its user, the lifetime
    connection_lifetime lifetime_;
    reply_sender sender_;
    peer peer_;
    request_reader reader_;
    incoming_request request_{};
    std::array<char, 8192> read_buffer_{};
};

} // namespace ulak::http
