#include "csv/text_file.hpp"

#include "core/text.hpp"
#include "core/utf8.hpp"
#include "csv/detail/converter.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <optional>
#include <utility>

namespace ulak::csv {
namespace {

/// Bytes that are read from the file at once.
constexpr std::size_t read_size = 64 * 1024;
/// Bytes of the beginning by which UTF-16 without its mark is known.
constexpr std::size_t looked_at = 512;

struct close_file {
    void operator()(std::FILE* f) const noexcept { std::fclose(f); }
};
using file_ptr = std::unique_ptr<std::FILE, close_file>;

error open_error(const std::string& path, int reason)
{
    const std::string shown = printable(path);
    switch (reason) {
    case ENOENT: return error(errc::not_found, "there is no file " + shown);
    case EXDEV: return error(errc::forbidden, shown + " leads out of the configuration folder");
    case EPERM: return error(errc::forbidden, shown + " lies among the secrets, which are never read as anything else");
    case EISDIR:
    case ENXIO: return error(errc::validation, shown + " is no file");
    default: return error(errc::validation, shown + " cannot be read: " + std::strerror(reason));
    }
}

result<file_ptr> open_regular(const std::string& path, const file_fence& fence)
{
    auto fd = open_fenced(path, fence);
    if (!fd)
        return open_error(path, errno);
    struct stat about{};
    if (::fstat(fd.get(), &about) != 0 || !S_ISREG(about.st_mode))
        return open_error(path, EISDIR);
    if (about.st_size > static_cast<off_t>(largest_file))
        return error(errc::validation,
                     printable(path) + " is larger than " + std::to_string(largest_file >> 20) + " MiB");
    file_ptr file(::fdopen(fd.get(), "rb"));
    if (!file)
        return open_error(path, errno);
    fd.release(); // the stream closes it
    return file;
}

/// What people take for a CSV file and is none, by how it begins; empty: nothing that is known.
std::string foreign_format(std::string_view head)
{
    if (head.starts_with("PK\x03\x04"))
        return "a workbook (xlsx, ods) or another zip archive";
    if (head.starts_with("\xD0\xCF\x11\xE0"))
        return "a workbook of an old spreadsheet (xls)";
    if (head.starts_with("%PDF"))
        return "a PDF";
    const auto text = lower_ascii(trim(head.substr(0, looked_at)));
    for (const std::string_view tag : {"<html", "<!doctype html", "<table", "<?xml", "<body"})
        if (text.starts_with(tag))
            return "a web page (HTML) or XML";
    return {};
}

/// "UTF-16LE" or "UTF-16BE" where every second byte of the beginning is mostly zero; else null.
const char* bare_utf16(std::string_view head)
{
    head = head.substr(0, looked_at);
    std::array<std::size_t, 2> zeros{};
    for (std::size_t i = 0; i < head.size(); ++i)
        zeros[i % 2] += head[i] == '\0' ? 1 : 0;
    const auto pairs = head.size() / 2;
    if (pairs < 2 || zeros[0] + zeros[1] <= pairs / 2 || (zeros[0] > 0 && zeros[1] > 0))
        return nullptr;
    return zeros[1] > 0 ? "UTF-16LE" : "UTF-16BE";
}

/// Bytes of whole letters, up to the first that is none. ASCII, which most are, goes eight at a time.
std::size_t valid_prefix(std::string_view text, bool& beyond_ascii)
{
    std::size_t i = 0;
    while (i < text.size()) {
        std::uint64_t word = 0;
        if (i + sizeof(word) <= text.size()) {
            std::memcpy(&word, text.data() + i, sizeof(word));
            if ((word & 0x8080808080808080u) == 0) {
                i += sizeof(word);
                continue;
            }
        }
        const auto letter = decode_first(text.substr(i));
        if (!letter)
            break;
        beyond_ascii = beyond_ascii || letter->length > 1;
        i += letter->length;
    }
    return i;
}

constexpr std::size_t longest_letter = 4;

} // namespace

error line_error(std::size_t line, const std::string& problem)
{
    return error(errc::validation, "line " + std::to_string(line) + ": " + problem);
}

struct text_file::state {
    /// Takes the byte order mark off, and decides how the rest is read.
    void choose(encoding wanted)
    {
        const bool little = raw.starts_with("\xFF\xFE"), big = raw.starts_with("\xFE\xFF");
        const char* const bare = bare_utf16(raw);
        if (raw.starts_with("\xEF\xBB\xBF") && wanted != encoding::windows1254) {
            raw.erase(0, 3);
            found = encoding::utf8;
            certain = true;
        } else if (wanted == encoding::utf16 || (wanted == encoding::automatic && (little || big || bare))) {
            found = encoding::utf16;
            const char* const unmarked = bare ? bare : "UTF-16LE";
            convert.emplace(little ? "UTF-16LE" : big ? "UTF-16BE" : unmarked);
            raw.erase(0, little || big ? 2 : 0);
        } else if (wanted == encoding::windows1254) {
            begin_1254();
        } else {
            certain = wanted == encoding::utf8;
        }
    }

    void begin_1254()
    {
        found = encoding::windows1254;
        convert.emplace("CP1254");
    }

    result<void> fill()
    {
        const std::size_t held = raw.size();
        raw.resize(held + read_size);
        const std::size_t n = std::fread(raw.data() + held, 1, read_size, file.get());
        raw.resize(held + n);
        ended = n == 0;
        if (n == 0 && std::ferror(file.get()))
            return line_error(line, "the file cannot be read");
        return {};
    }

    error at(std::string_view before, const std::string& problem) const
    {
        return line_error(line + static_cast<std::size_t>(std::ranges::count(before, '\n')), problem);
    }

    /// What the raw bytes say, as far as they are whole letters.
    result<std::string> decode()
    {
        std::string out;
        if (found == encoding::utf8) {
            const std::size_t valid = valid_prefix(raw, beyond_ascii);
            out = raw.substr(0, valid);
            raw.erase(0, valid);
            if (raw.size() < longest_letter && !ended)
                return out; // the block ends inside of a letter
            if (raw.empty() || !out.empty())
                return out; // what is sound comes first
            if (certain || beyond_ascii)
                return at(
                    out,
                    beyond_ascii && !certain
                        ? "not UTF-8, although lines before it are: save the whole file as UTF-8"
                        : "not UTF-8; is the file in Windows-1254? Say encoding: windows-1254, or save it as UTF-8");
            begin_1254();
        }
        const bool good = convert->convert(std::exchange(raw, {}), out);
        if (!good || (ended && !convert->finished()))
            return at(out, "not " + std::string(name(found)) + ": say its encoding, or save the file as UTF-8");
        return out;
    }

    /// CR LF and CR alone become LF. errc::validation for a NUL.
    result<std::string> tidy(std::string text)
    {
        if (const auto nul = text.find('\0'); nul != std::string::npos)
            return at(std::string_view(text).substr(0, nul), "a NUL (U+0000): this is no text");
        std::string out;
        if (text.find('\r') == std::string::npos && !after_cr) {
            out = std::move(text);
        } else {
            out.reserve(text.size());
            for (const char c : text) {
                if (c != '\n' || !after_cr)
                    out.push_back(c == '\r' ? '\n' : c);
                after_cr = c == '\r';
            }
        }
        line += static_cast<std::size_t>(std::ranges::count(out, '\n'));
        return out;
    }

    file_ptr file{};
    std::string raw{}; ///< read and not yet decoded
    encoding found = encoding::utf8;
    bool certain = false;      ///< somebody said so: a byte that is not UTF-8 is a mistake
    bool beyond_ascii = false; ///< a letter of UTF-8 was there
    bool ended = false, after_cr = false;
    std::optional<converter> convert{};
    std::size_t line = 1;
};

text_file::text_file(std::unique_ptr<state> s) : state_(std::move(s)) {}
text_file::text_file(text_file&&) noexcept = default;
text_file& text_file::operator=(text_file&&) noexcept = default;
text_file::~text_file() = default;

result<text_file> text_file::open(const std::string& path, const file_fence& fence, encoding wanted)
{
    auto file = open_regular(path, fence);
    if (!file)
        return file.error();
    auto s = std::make_unique<state>();
    s->file = std::move(*file);
    if (auto filled = s->fill(); !filled)
        return filled.error();
    if (const auto what = foreign_format(s->raw); !what.empty())
        return error(errc::validation, printable(path) + " is " + what +
                                           ", not a CSV file: save the sheet as CSV (UTF-8) in the spreadsheet");
    s->choose(wanted);
    return text_file(std::move(s));
}

result<std::string> text_file::read()
{
    while (true) {
        if (state_->raw.size() < read_size && !state_->ended)
            if (auto filled = state_->fill(); !filled)
                return filled.error();
        auto decoded = state_->decode();
        if (!decoded)
            return decoded;
        auto text = state_->tidy(*std::move(decoded));
        if (!text || !text->empty() || state_->ended)
            return text;
    }
}

encoding text_file::found() const noexcept
{
    return state_->found;
}

} // namespace ulak::csv
