#include "csv/detail/converter.hpp"

#include <array>
#include <cassert>
#include <cerrno>

namespace ulak::csv {

converter::converter(const char* from) : handle_(::iconv_open("UTF-8", from))
{
    assert(handle_ != iconv_t(-1)); // both encodings are in every glibc
}

converter::~converter()
{
    ::iconv_close(handle_);
}

bool converter::convert(std::string_view bytes, std::string& out)
{
    rest_.append(bytes);
    std::array<char, 4096> piece;
    char* in = rest_.data();
    std::size_t left = rest_.size();
    while (left > 0) {
        char* to = piece.data();
        std::size_t room = piece.size();
        const bool failed = ::iconv(handle_, &in, &left, &to, &room) == static_cast<std::size_t>(-1);
        const int why = errno;
        out.append(piece.data(), piece.size() - room);
        if (failed && why == EILSEQ)
            return false;
        if (failed && why == EINVAL)
            break; // the piece ends inside of a letter
    }
    rest_.erase(0, rest_.size() - left);
    return true;
}

} // namespace ulak::csv
