#include "kinds/sms_send/csv_file.hpp"

#include "core/text.hpp"

#include <csv.h>

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <utility>

namespace ulak::kinds::sms {
namespace {

/// Bytes that are read from the file at once.
constexpr std::size_t read_size = 64 * 1024;

struct close_file {
    void operator()(std::FILE* f) const noexcept { std::fclose(f); }
};
using file_ptr = std::unique_ptr<std::FILE, close_file>;

/// The separator that occurs most in the first line, outside of quotes.
unsigned char separator_of(std::string_view head)
{
    constexpr std::array<char, 3> known{',', ';', '\t'};
    std::array<std::size_t, 3> seen{};
    bool quoted = false;
    for (const char c : head) {
        if (c == '"')
            quoted = !quoted;
        if (!quoted && (c == '\n' || c == '\r'))
            break;
        const auto at = std::find(known.begin(), known.end(), c);
        if (!quoted && at != known.end())
            ++seen[static_cast<std::size_t>(at - known.begin())];
    }
    const auto most = std::max_element(seen.begin(), seen.end());
    return static_cast<unsigned char>(known[static_cast<std::size_t>(most - seen.begin())]);
}

error line_error(std::size_t line, const std::string& problem)
{
    return error(errc::validation, "line " + std::to_string(line) + ": " + problem);
}

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

} // namespace

/// libcsv with what it has found so far: it calls back for each cell and each row of the text that it is fed.
struct csv_file::parser {
    parser() { csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL); }
    ~parser() { csv_free(&csv); }
    parser(const parser&) = delete;
    parser& operator=(const parser&) = delete;

    static void on_cell(void* text, std::size_t size, void* self) { static_cast<parser*>(self)->cell(text, size); }
    static void on_row(int end, void* self) { static_cast<parser*>(self)->row_end(end); }

    void cell(void* text, std::size_t size)
    {
        std::string value(static_cast<const char*>(text), size);
        line += static_cast<std::size_t>(std::count(value.begin(), value.end(), '\n'));
        current.cells.push_back(std::move(value));
    }

    void row_end(int end)
    {
        if (!current.cells.empty()) {
            current.line = start;
            rows.push_back(std::exchange(current, row()));
            since_row = 0;
        }
        if (end == '\n')
            ++line;
        start = line;
    }

    /// Reads until at least one row is complete or the file ends.
    result<void> fill()
    {
        while (rows.empty() && !ended) {
            std::array<char, read_size> bytes;
            std::string_view text = head;
            if (head.empty()) {
                const std::size_t n = std::fread(bytes.data(), 1, bytes.size(), file.get());
                if (n == 0 && std::ferror(file.get()))
                    return line_error(line, "the file cannot be read");
                text = std::string_view(bytes.data(), n);
            }
            if (auto done = feed(text); !done)
                return done;
            head.clear();
        }
        return {};
    }

    /// Parses one block; an empty one ends the file.
    result<void> feed(std::string_view text)
    {
        if (text.empty()) {
            ended = true;
            if (csv_fini(&csv, on_cell, on_row, this) != 0)
                return line_error(start, "a quote is never closed");
            return {};
        }
        if (text.find('\0') != std::string_view::npos)
            return line_error(line, "a NUL byte: this is no text in UTF-8");
        since_row += text.size();
        if (csv_parse(&csv, text.data(), text.size(), on_cell, on_row, this) != text.size())
            return line_error(line, "a quote in the middle of a cell");
        if (rows.empty() && since_row > longest_row)
            return line_error(start, "longer than a row can be; is a quote not closed?");
        return {};
    }

    csv_parser csv{};
    file_ptr file{};
    std::string head{};
    std::vector<std::string> columns{};
    std::deque<row> rows{};
    row current{};
    std::size_t line = 1, start = 1, since_row = 0;
    bool ended = false;
};

csv_file::csv_file(std::unique_ptr<parser> p) : parser_(std::move(p)) {}
csv_file::csv_file(csv_file&&) noexcept = default;
csv_file& csv_file::operator=(csv_file&&) noexcept = default;
csv_file::~csv_file() = default;

const std::vector<std::string>& csv_file::columns() const noexcept
{
    return parser_->columns;
}

result<csv_file> csv_file::open(const std::string& path, const file_fence& fence)
{
    auto file = open_regular(path, fence);
    if (!file)
        return file.error();
    auto p = std::make_unique<parser>();
    p->file = std::move(*file);
    p->head.resize(read_size);
    p->head.resize(std::fread(p->head.data(), 1, read_size, p->file.get()));
    if (p->head.starts_with("\xEF\xBB\xBF"))
        p->head.erase(0, 3);
    if (p->head.starts_with("\xFF\xFE") || p->head.starts_with("\xFE\xFF"))
        return line_error(1, "the file is in UTF-16; save it as UTF-8");
    csv_set_delim(&p->csv, separator_of(p->head));
    csv_file f(std::move(p));
    row first;
    auto read = f.next(first);
    if (!read)
        return read.error();
    if (!*read)
        return line_error(1, "the file is empty; its first line names the columns");
    for (std::string& name : first.cells)
        f.parser_->columns.push_back(std::string(trim(name)));
    return f;
}

result<bool> csv_file::next(row& out)
{
    auto filled = parser_->fill();
    if (!filled)
        return filled.error();
    if (parser_->rows.empty())
        return false;
    out = std::move(parser_->rows.front());
    parser_->rows.pop_front();
    for (const std::string& c : out.cells)
        if (!is_valid_utf8(c))
            return line_error(out.line, "not UTF-8; is the file in Windows-1254? Save it as UTF-8");
    return true;
}

} // namespace ulak::kinds::sms
