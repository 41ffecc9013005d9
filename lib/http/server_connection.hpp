// One accepted connection: requests in turn, each with its answer. Private to this room.
#pragma once

#include "http/request_reader.hpp"
#include "http/stream.hpp"
#include "http/watch.hpp"

#include <boost/asio/cancellation_signal.hpp>

#include <array>
#include <memory>
#include <string>

namespace ulak::http {

/// What the connections of one listener share.
struct service {
    service(std::string name_, handler answer_, server_limits limits_)
        : name(std::move(name_)), answer(std::move(answer_)), limits(limits_)
    {}

    std::string name;
    handler answer;
    server_limits limits;
};

class server_connection final : public watched, private body_writer {
  public:
    server_connection(std::shared_ptr<const service> of, std::unique_ptr<stream> wire, peer from, async::clock& time,
                      std::shared_ptr<watch> deadlines);
    ~server_connection() override;

    /// Ends when the connection does. Never throws for what the peer or the handler does.
    task<> run();
    /// One 503, for a connection beyond the limit.
    task<> turn_away();

    void end_soon() noexcept; ///< after the request under way; at once if there is none
    void end_now() noexcept;
    /// For another's sake: a stream is cancelled, and what it still writes within a moment goes out as its last word.
    void make_way() noexcept;
    bool makes_way() const noexcept { return parting_; }
    /// No request is under way: nothing is lost when it is closed for another's sake.
    bool idle() const noexcept { return stage_ == stage::waiting || stage_ == stage::reading; }
    /// An answer without an end is going out; its reader can come back and resume.
    bool streams() const noexcept { return streaming_; }
    const service* of() const noexcept { return service_.get(); }
    const peer& from() const noexcept { return peer_; }
    std::uint64_t number = 0; ///< in the order of accepting

    boost::asio::cancellation_signal signal{}; ///< of the coroutine that runs this

  private:
    enum class stage { waiting, reading, handling, writing, lingering };

    void on_deadline() noexcept override;
    task<result<void>> write(std::string piece) override;

    task<bool> exchange_once();
    task<bool> read_request();
    task<bool> refuse();
    task<reply> ask();
    task<bool> answer(reply r, bool keep_alive);
    task<bool> answer_in_pieces(reply r, bool keep_alive);
    task<bool> answer_badly(reply r);
    task<bool> send(std::string bytes);
    task<> linger();
    void allow(std::chrono::milliseconds span);

    std::shared_ptr<const service> service_;
    std::unique_ptr<stream> stream_;
    peer peer_;
    async::clock& clock_;
    std::shared_ptr<watch> watch_;
    request_reader reader_;
    incoming request_;
    std::array<char, 8192> arrived_{};
    stage stage_ = stage::waiting;
    bool chunked_ = false;
    bool streaming_ = false;
    bool parting_ = false; ///< the peer stopped reading, or has to go; a last word may still leave
    bool stopping_ = false;
    bool late_ = false;
    bool broken_ = false; ///< a write failed; nothing more is sent
};

} // namespace ulak::http
