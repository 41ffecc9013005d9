#include "sim/fixture.hpp"

#include "async/system_clock.hpp"
#include "http/certificate.hpp"
#include "http/server.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <exception>
#include <future>
#include <memory>
#include <thread>

using namespace sim_test;
namespace asio = boost::asio;

namespace {

/// The simulator behind a real TLS listener, on a loop in a thread of its own.
struct socket_fixture {
    socket_fixture()
    {
        auto authority = http::make_authority("test authority").value();
        auto leaf = http::make_leaf(authority, {"localhost"}, {"127.0.0.1"}).value();
        ca = authority.certificate_pem;
        port = server
                   ->listen_tls("sim", "127.0.0.1", 0, leaf.certificate_pem, leaf.key_pem, simulator.handler(clock),
                                sim::simulator::limits())
                   .value();
        thread = std::thread([this] { loop.run(); });
    }

    ~socket_fixture()
    {
        asio::post(loop, [this] {
            asio::co_spawn(loop.get_executor(), server->stop(clock.now()), [this](std::exception_ptr) { loop.stop(); });
        });
        thread.join();
    }

    /// Sends the bytes over a fresh connection and reads until the other side closes.
    std::string talk(const std::string& request)
    {
        asio::io_context own;
        asio::ssl::context trust(asio::ssl::context::tls_client);
        trust.add_certificate_authority(asio::buffer(ca));
        trust.set_verify_mode(asio::ssl::verify_peer);
        asio::ssl::stream<asio::ip::tcp::socket> stream(own, trust);
        stream.set_verify_callback(asio::ssl::host_name_verification("localhost"));
        stream.lowest_layer().connect({asio::ip::address_v4::loopback(), port});
        stream.handshake(asio::ssl::stream_base::client);
        asio::write(stream, asio::buffer(request));
        std::string answer;
        boost::system::error_code end;
        asio::read(stream, asio::dynamic_buffer(answer), end);
        return answer;
    }

    std::string get(const std::string& target)
    {
        return talk("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    void fault(const std::string& text) // from the loop's own thread
    {
        std::promise<void> done;
        asio::post(loop, [&] {
            simulator.world().faults.add(sim::parse_fault(text).value());
            done.set_value();
        });
        done.get_future().wait();
    }

    asio::io_context loop{1};
    async::system_clock clock{loop.get_executor()};
    sim::simulator simulator{quiet_options(), clock};
    std::unique_ptr<http::server> server = http::make_server(loop.get_executor(), clock);
    std::string ca;
    unsigned short port = 0;
    std::thread thread;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(socket_, socket_fixture)

BOOST_AUTO_TEST_CASE(a_number_is_ordered_over_tls)
{
    auto answer = get("/numbers/api/v1/sim-smm-key/getNumber/1");
    BOOST_TEST(answer.starts_with("HTTP/1.1 200"), answer);
    BOOST_TEST(answer.find("\"success\":true") != std::string::npos, answer);
}

BOOST_AUTO_TEST_CASE(a_form_with_its_status_in_the_body)
{
    std::string body = "key=sim-smm-key&action=balance";
    auto answer = talk("POST /panel/api/v2 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                       "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body);
    BOOST_TEST(answer.find(R"({"balance":"100.84292","currency":"USD"})") != std::string::npos, answer);
}

BOOST_AUTO_TEST_CASE(statuses_outside_the_list_of_http_go_out)
{
    fault("iletimerkezi.get-balance=code:451*1");
    std::string body = R"({"request":{"authentication":{"key":"sim-key","hash":"sim-hash"}}})";
    auto answer = talk("POST /iletimerkezi/v1/get-balance/json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                       "Content-Type: application/json\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body);
    BOOST_TEST(answer.starts_with("HTTP/1.1 451"), answer);
}

BOOST_AUTO_TEST_CASE(accept_and_drop_does_it_and_says_nothing)
{
    fault("numbers.getNumber=drop-after*1");
    BOOST_TEST(get("/numbers/api/v1/sim-smm-key/getNumber/1") == "");
    auto balance = get("/numbers/api/v1/sim-smm-key/getBalance");
    BOOST_TEST(balance.find("{\"balance\":92}") != std::string::npos, balance);
}

BOOST_AUTO_TEST_CASE(a_truncated_answer_ends_early_and_garbage_comes_after)
{
    fault("numbers.getCategories=truncate:5*1");
    auto cut = get("/numbers/api/v1/getCategories");
    BOOST_TEST(cut.ends_with("\r\n\r\n[{\"id"), cut);
    auto whole = get("/numbers/api/v1/getCategories");
    BOOST_TEST(whole.ends_with("}]"), whole);
    fault("numbers.getCategories=garbage-after*1");
    auto more = get("/numbers/api/v1/getCategories");
    BOOST_TEST(!more.ends_with("}]"), more);
}

BOOST_AUTO_TEST_SUITE_END()
