// Textbook Beast under load, until it is killed: bench_beast WHAT HOST PORT CA-FILE CONNECTIONS
//   plain    nothing but reads and writes
//   expires  a deadline by tcp_stream::expires_after
//   race     a deadline by a timer raced against the exchange
//   idle     every connection asks once and is then kept
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>

#include <cstdlib>
#include <iostream>
#include <string>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using stream = beast::ssl_stream<beast::tcp_stream>;

namespace {

constexpr std::chrono::seconds patience(30);

asio::awaitable<void> exchange(stream& s, beast::flat_buffer& buffer, const std::string& host)
{
    http::request<http::string_body> request(http::verb::get, "/key/getMessage/100", 11);
    request.set(http::field::host, host);
    request.set(http::field::user_agent, "bench");
    request.set(http::field::accept, "application/json");
    co_await http::async_write(s, request, asio::use_awaitable);
    http::response<http::string_body> answer;
    co_await http::async_read(s, buffer, answer, asio::use_awaitable);
    auto body = boost::json::parse(answer.body());
    if (answer.result_int() != 200 || body.at("status").as_int64() != 0)
        std::exit(1);
}

asio::awaitable<void> raced(stream& s, beast::flat_buffer& buffer, const std::string& host)
{
    using namespace asio::experimental::awaitable_operators;
    asio::steady_timer timer(co_await asio::this_coro::executor, patience);
    auto first = co_await (exchange(s, buffer, host) || timer.async_wait(asio::use_awaitable));
    if (first.index() != 0)
        std::exit(1);
}

asio::awaitable<void> ask_for_ever(asio::ssl::context& tls, std::string what, asio::ip::tcp::endpoint where,
                                   std::string host)
{
    stream s(co_await asio::this_coro::executor, tls);
    co_await beast::get_lowest_layer(s).async_connect(where, asio::use_awaitable);
    beast::get_lowest_layer(s).socket().set_option(asio::ip::tcp::no_delay(true));
    co_await s.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
    beast::flat_buffer buffer;
    for (;;) {
        if (what == "expires")
            beast::get_lowest_layer(s).expires_after(patience);
        if (what == "race")
            co_await raced(s, buffer, host);
        else
            co_await exchange(s, buffer, host);
        if (what == "idle") { // for ever, and holding all of this
            char byte = 0;
            co_await s.async_read_some(asio::buffer(&byte, 1), asio::use_awaitable);
        }
    }
}

} // namespace

int main(int count, char** words)
{
    if (count != 6)
        return 2;
    asio::io_context loop(1);
    asio::ssl::context tls(asio::ssl::context::tls_client);
    tls.load_verify_file(words[4]);
    tls.set_verify_mode(asio::ssl::verify_peer);
    asio::ip::tcp::endpoint where(asio::ip::make_address(words[2]), static_cast<unsigned short>(std::stoi(words[3])));
    for (int i = 0; i < std::stoi(words[5]); ++i)
        asio::co_spawn(loop, ask_for_ever(tls, words[1], where, words[2]), [](std::exception_ptr thrown) {
            if (thrown)
                std::rethrow_exception(thrown);
        });
    loop.run();
}
