#include "http/exchange_run.hpp"

#include "http/answer_reader.hpp"
#include "http/request_writer.hpp"

#include "async/waiter.hpp"
#include "core/failpoint.hpp"
#include "core/secret.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include <array>

namespace ulak::http {

namespace asio = boost::asio;

namespace {

// A gate's word (the dispatch is on disk) is not taken after a stall or a suspend: by then another may have acted on
// it.
constexpr std::chrono::seconds gate_holds(2);

class exchange_run {
  public:
    exchange_run(client_parts& parts, connection& on, const request& r, const send_options& options, trace how)
        : parts_(parts),
          on_(on),
          request_(r),
          options_(options),
          how_(how),
          late_([&on] { on.stream->close(); }),
          guard_(*parts.deadlines, late_, options.deadline),
          reader_(r.max_body)
    {}

    task<exchange> run();

  private:
    task<std::optional<error>> pass_gate();
    task<> write_and_read();
    task<> read_answer();
    task<> end_early(const error_code& failed);
    void finish();
    void fail(errc code, std::string message, reach how_far);
    std::chrono::microseconds elapsed() const;

    client_parts& parts_;
    connection& on_;
    const request& request_;
    const send_options& options_;
    trace how_;
    alarm late_;
    watch_guard guard_;
    answer_reader reader_;
    std::optional<async::steady_point> gate_passed_{};
    std::optional<result<response>> answer_{};
};

void exchange_run::fail(errc code, std::string message, reach how_far)
{
    answer_.emplace(error(code, std::move(message), how_far));
}

std::chrono::microseconds exchange_run::elapsed() const
{
    return std::chrono::duration_cast<std::chrono::microseconds>(parts_.clock.now() - how_.began);
}

// Everything before the first byte. An error means that nothing was sent.
task<std::optional<error>> exchange_run::pass_gate()
{
    how_.reached = phase::dispatch;
    if (!on_.stream->quiet()) {
        how_.close = on_.stream->how_closed();
        co_return error(errc::connection_lost, "the peer closed the connection before anything was sent");
    }
    if (options_.gate) {
        ULAK_FAILPOINT("send/gate");
        auto passed = co_await options_.gate();
        gate_passed_ = parts_.clock.now();
        ULAK_FAILPOINT("send/gate-passed");
        if (!passed) {
            auto why = passed.error();
            why.how_far = reach::not_sent;
            co_return why;
        }
    }
    bool told = co_await async::told_to_stop();
    if (told) {
        how_.close = closing::cancelled;
        co_return error(errc::cancelled, "cancelled before anything was sent");
    }
    co_return std::nullopt;
}

task<> exchange_run::write_and_read()
{
    if (late_.rang() || parts_.clock.now() >= options_.deadline) {
        how_.close = closing::timeout;
        fail(errc::timed_out, "no time was left before anything was sent", reach::not_sent);
        co_return;
    }
    if (gate_passed_ && parts_.clock.now() - *gate_passed_ > gate_holds) {
        fail(errc::unavailable, "the program stood still between its note and the request; nothing was sent",
             reach::not_sent);
        co_return;
    }
    if (options_.costly && !on_.stream->quiet()) {
        how_.close = on_.stream->how_closed();
        fail(errc::connection_lost, "the peer closed the connection before anything was sent", reach::not_sent);
        co_return;
    }
    write_request(on_.outgoing, request_, host_header(parts_.settings.where), parts_.settings.where.base_path);
    how_.reached = phase::writing;
    ULAK_FAILPOINT("send/write");
    how_.handed_to_tls = true;
    auto failed = co_await on_.stream->write(on_.outgoing);
    wipe(on_.outgoing);
    on_.outgoing.clear();
    if (failed) {
        co_await end_early(failed);
        co_return;
    }
    how_.reached = phase::written;
    how_.written = elapsed();
    ULAK_FAILPOINT("send/written");
    co_await read_answer();
}

task<> exchange_run::read_answer()
{
    std::array<char, 16 * 1024> arrived;
    auto now = answer_reader::step::more;
    while (now == answer_reader::step::more) {
        auto came = co_await on_.stream->read_some(arrived);
        // What TLS itself refuses is no end of a stream: its reason is what helps.
        bool orderly_or_cut = on_.stream->how_closed() != closing::none && on_.stream->reason().empty();
        bool ended = came.failed && orderly_or_cut && !late_.rang();
        if (came.bytes > 0 && how_.reached == phase::written)
            how_.answering = elapsed();
        ULAK_FAILPOINT("send/arrived");
        if (came.failed && !ended) {
            co_await end_early(came.failed);
            co_return;
        }
        if (ended)
            now = reader_.end(on_.stream->how_closed() == closing::close_notify);
        else
            now = reader_.feed(std::string_view(arrived.data(), came.bytes));
        how_.reached = reader_.reached();
        how_.status = reader_.status();
    }
    finish();
}

// A write or a read that did not run to its end.
task<> exchange_run::end_early(const error_code& failed)
{
    how_.close = on_.stream->how_closed();
    bool told = co_await async::told_to_stop();
    if (late_.rang()) {
        how_.close = closing::timeout;
        fail(errc::timed_out, "no whole answer came in time", reach::maybe_sent);
    } else if (told && how_.close == closing::none) {
        how_.close = closing::cancelled;
        fail(errc::cancelled, "cancelled while the request was under way", reach::maybe_sent);
    } else {
        const auto& why = on_.stream->reason().empty() ? failed.message() : on_.stream->reason();
        fail(errc::connection_lost, "the connection broke while the request was under way: " + why, reach::maybe_sent);
    }
}

void exchange_run::finish()
{
    how_.framing_ok = reader_.framing_ok() && reader_.reached() == phase::complete;
    if (reader_.reached() != phase::complete) {
        how_.close = on_.stream->how_closed();
        answer_.emplace(reader_.why());
        return;
    }
    how_.leftover = reader_.leftover() + on_.stream->drain(options_.costly);
    how_.close = on_.stream->how_closed();
    on_.reusable = reader_.keep_alive() && how_.leftover == 0 && how_.close == closing::none;
    answer_.emplace(reader_.take());
    ULAK_FAILPOINT("send/answered");
}

task<exchange> exchange_run::run()
{
    if (options_.costly) {
        auto refused = co_await pass_gate();
        if (refused)
            co_return exchange(*refused, how_);
        // From here on nobody can stop it: half a purchase is worse than a whole one.
        auto ex = co_await asio::this_coro::executor;
        auto alone = asio::bind_cancellation_slot(asio::cancellation_slot(), use_task);
        co_await asio::co_spawn(ex, write_and_read(), std::move(alone));
    } else {
        co_await write_and_read();
    }
    co_return exchange(std::move(*answer_), how_);
}

} // namespace

task<exchange> run_exchange(client_parts& parts, connection& on, const request& r, const send_options& options,
                            trace how)
{
    exchange_run one(parts, on, r, options, how);
    co_return co_await one.run();
}

} // namespace ulak::http
