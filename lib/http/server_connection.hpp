// One accepted connection: requests in turn, each with its answer. Private to this room.
#pragma once

#include "http/request_reader.hpp"
#include "http/stream.hpp"
#include "http/deadline_queue.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <array>
#include <memory>
#include <string>

namespace ulak::http {

/// What the connections of one listener share.
struct service_config {
    service_config(std::string name_, handler answer_, server_limits limits_)
        : name(std::move(name_)), handle(std::move(answer_)), limits(limits_)
    {}

    std::string name;
    handler handle;
    server_limits limits;
};

class server_connection final : public deadline, private body_writer {
  public:
    server_connection(std::shared_ptr<const service_config> of, std::unique_ptr<stream> wire, peer from, async::clock& time,
                      std::shared_ptr<deadline_queue> deadlines);
    ~server_connection() override;

    /// Ends when the connection does. Never throws for what the peer or the handler does.
    task<> run();
    /// One 503, for a connection beyond the limit.
    task<> reject_busy();

    void close_when_idle() noexcept; ///< after the request under way; at once if there is none
    void abort() noexcept;
    /// For another's sake: a stream is cancelled, and what it still writes within a moment goes out as its last word.
    void evict() noexcept;
    bool is_leaving() const noexcept { return leaving_; }
    /// No request is under way: nothing is lost when it is closed for another's sake.
    bool is_idle() const noexcept { return stage_ == stage::waiting || stage_ == stage::reading; }
    /// An answer without an end is going out; its reader can come back and resume.
    bool is_streaming() const noexcept { return streaming_; }
    const service_config* service() const noexcept { return service_.get(); }
    const peer& remote() const noexcept { return peer_; }
    std::uint64_t sequence = 0; ///< in the order of accepting

    boost::asio::cancellation_signal cancel_signal{}; ///< of the coroutine that runs this

  private:
    enum class stage { waiting, reading, handling, writing, lingering };

    void on_deadline() noexcept override;
    task<result<void>> write(std::string piece) override;

    task<bool> serve_one();
    task<bool> read_request();
    task<bool> reject();
    task<reply> call_handler();
    task<bool> send_reply(reply r, bool keep_alive);
    task<bool> stream_reply(reply r, bool keep_alive);
    task<bool> send_faulty(reply r);
    task<bool> write_bytes(std::string bytes);
    task<> linger();
    void set_deadline(std::chrono::milliseconds span);

    std::shared_ptr<const service_config> service_;
    std::unique_ptr<stream> stream_;
    peer peer_;
    async::clock& clock_;
    std::shared_ptr<deadline_queue> deadlines_;
    request_reader reader_;
    incoming_request request_;
    std::array<char, 8192> read_buffer_{};
    stage stage_ = stage::waiting;
    bool chunked_ = false;
    bool streaming_ = false;
    bool leaving_ = false; ///< the peer stopped reading, or has to go; a last word may still leave
    bool stopping_ = false;
    bool timed_out_ = false;
    bool write_failed_ = false; ///< a write failed; nothing more is sent
};

} // namespace ulak::http
