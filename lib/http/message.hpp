// Requests, answers and what is known of an exchange, as plain values. Nothing of Beast or OpenSSL shows here.
#pragma once

#include "async/clock.hpp"
#include "async/task.hpp"
#include "core/error.hpp"
#include "http/header_block.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::http {

using header_list = std::vector<std::pair<std::string, std::string>>;

enum class method { get, post, del };

std::string_view name(method m) noexcept; ///< "GET" "POST" "DELETE"

/// Where a client talks to: scheme https only, host, port and the path that every target is below.
struct origin {
    /// "https://host[:port]/path". Anything but https, user info, a query or a fragment: errc::invalid_argument.
    static result<origin> parse(std::string_view url);

    std::string host; ///< a name or an IP address (without brackets)
    std::string port = "443";
    std::string base_path{}; ///< "/api/v1", without a slash at its end; may be empty
    bool host_is_address = false;
};

/// `target` is below the origin's base path, percent-encoded, beginning with "/". It and the body may hold secrets:
/// neither is ever logged; `label` stands for the request in logs: "smmonayim.getNumber", a literal that lives for
/// ever.
struct request {
    request(method verb_, std::string target_, std::string_view label_)
        : verb(verb_), target(std::move(target_)), label(label_)
    {}

    method verb;
    std::string target;
    std::string_view label;
    header_list headers{}; ///< beside Host, User-Agent, Accept, Accept-Encoding, Content-Length, Connection
    std::string body{};
    std::size_t max_body = 64 * 1024; ///< of the answer; lists ask for more
};

struct response {
    response() = default;

    int status = 0;
    header_block headers{};
    std::string body{};

    /// The first header of that name, in any case; empty if there is none.
    std::string_view header(std::string_view name) const noexcept { return headers.find(name); }
};

enum class phase { resolve, connect, tls, dispatch, writing, written, header, body, complete };
enum class close_reason { none, close_notify, eof, reset, timeout, cancelled };

std::string_view name(phase p) noexcept;
std::string_view name(close_reason c) noexcept;

/// How far an exchange got. `handed_to_tls` is set before the first call that could put request bytes on the wire;
/// false proves that nothing was sent.
struct exchange_trace {
    exchange_trace() = default;

    phase reached = phase::resolve;
    bool handed_to_tls = false;
    int status = 0;           ///< of the final answer as soon as its header came, usable or not; 0 before
    bool framing_ok = false;  ///< Content-Length bytes came, or the last chunk
    std::size_t leftover = 0; ///< bytes after the message
    close_reason closed_by = close_reason::none;
    bool reused_connection = false;
    bool resumed_session = false;

    // Since the call began; 0: it never came so far.
    std::chrono::microseconds connected{0}; ///< TLS was up, or a kept connection at hand
    std::chrono::microseconds written{0};   ///< the last byte of the request had been handed over
    std::chrono::microseconds first_byte{0}; ///< the first byte of the answer came
    std::chrono::microseconds duration{0};      ///< until the end
    async::steady_point started_at{};
};

/// The answer or the error, with the trace in both cases. `error::how_far` agrees with the trace.
struct exchange {
    explicit exchange(error e) : answer(std::move(e)) {}
    exchange(result<response> a, exchange_trace t) : answer(std::move(a)), trace(t) {}

    result<response> answer;
    exchange_trace trace{};
};

/// Called after TLS is up and before the first byte of a costly request; an error from it means that nothing is sent.
using dispatch_gate = std::function<task<result<void>>()>;

/// The caller's own reading of an answer as soon as it is there: what it says is wrong, or nothing.
using response_check = std::function<std::optional<errc>(const response&)>;

/// How a request is to be carried out.
struct send_options {
    explicit send_options(async::steady_point deadline_) : deadline(deadline_) {}

    async::steady_point deadline; ///< over resolve, connect, TLS, write and read together
    bool costly = false;          ///< fresh connection, never raced, never retried
    bool priority = false;         ///< looks after something that is paid already: not held back by manners or others
    dispatch_gate gate{};         ///< only with `costly`
    const response_check* check = nullptr; ///< outlives the call; for those who judge the peer by its answers
};

} // namespace ulak::http
