#include "http/detail/plain_stream.hpp"

namespace ulak::http {

namespace asio = boost::asio;

task<error_code> plain_stream::handshake()
{
    co_return error_code();
}

task<transfer> plain_stream::read_some(std::span<char> into)
{
    return socket_read(into);
}

task<error_code> plain_stream::write(std::string_view bytes)
{
    return socket_write(bytes);
}

bool plain_stream::is_usable()
{
    char byte = 0;
    if (!is_open())
        return false;
    auto came = socket_read_now(std::span<char>(&byte, 1));
    return came.bytes == 0 && !came.ec;
}

void plain_stream::shutdown() noexcept
{
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
}

} // namespace ulak::http
