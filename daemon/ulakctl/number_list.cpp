#include "ulakctl/number_list.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"
#include "csv/blank.hpp"
#include "csv/csv_file.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <set>

namespace ulak::ctl {
namespace {

constexpr std::size_t most_letters_shown = 40;
/// A first row with more digits than this is a mistyped number, not a row of names.
constexpr std::ptrdiff_t most_digits_of_names = 4;

constexpr std::array<std::string_view, 10> names_of_numbers{"telefon", "tel",    "phone",  "gsm",    "cep",
                                                            "numara",  "msisdn", "mobile", "number", "cep telefonu"};

bool has_letters_only(const csv::row& row)
{
    const auto text = join(row.cells, " ");
    const auto digits = std::ranges::count_if(text, [](char c) { return c >= '0' && c <= '9'; });
    const bool letters = std::ranges::any_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    });
    return letters && digits <= most_digits_of_names;
}

/// The column that the names point to; nothing where none does.
std::optional<std::size_t> number_column(const csv::row& names)
{
    for (std::size_t i = 0; i < names.cells.size(); ++i)
        if (std::ranges::find(names_of_numbers, lower_ascii(csv::trim_cell(names.cells[i]))) != names_of_numbers.end())
            return i;
    return std::nullopt;
}

class list_reader {
  public:
    void take(const csv::row& row, bool first)
    {
        if (csv::trim_cell(row.cells.front()).starts_with('#'))
            return;
        if (first && has_letters_only(row)) {
            column_ = number_column(row);
            return;
        }
        const bool found = column_ ? take_cell(row, *column_) : take_all(row);
        if (!found)
            list.bad.push_back({row.line, shown(row), why_not(row)});
    }

    number_list list{};

  private:
    bool take_cell(const csv::row& row, std::size_t at)
    {
        const auto number = phone::parse(at < row.cells.size() ? row.cells[at] : std::string());
        if (number && seen_.insert(number->digits()).second)
            list.numbers.push_back(number->digits());
        return number.has_value();
    }
    bool take_all(const csv::row& row)
    {
        bool found = false;
        for (std::size_t i = 0; i < row.cells.size(); ++i)
            found = take_cell(row, i) || found;
        return found;
    }
    std::string shown(const csv::row& row) const
    {
        const std::size_t at = column_.value_or(0);
        return printable(at < row.cells.size() ? row.cells[at] : std::string(), most_letters_shown);
    }
    std::string why_not(const csv::row& row) const
    {
        const std::size_t at = column_.value_or(0);
        const auto number = phone::parse(at < row.cells.size() ? row.cells[at] : std::string());
        return number ? std::string() : number.error().message;
    }

    std::optional<std::size_t> column_{};
    std::set<std::string> seen_{};
};

} // namespace

result<number_list> read_number_list(const std::string& path)
{
    std::error_code no_folder;
    csv::csv_options options;
    options.has_names = false;
    auto file = csv::csv_file::open(std::filesystem::absolute(path, no_folder).string(), file_fence(), options);
    if (!file)
        return error(errc::invalid_argument, file.error().message);
    list_reader reader;
    csv::row row;
    bool first = true;
    for (auto more = file->next(row);; more = file->next(row)) {
        if (!more)
            return error(errc::invalid_argument, path + ": " + more.error().message);
        if (!*more)
            return std::move(reader.list);
        reader.take(row, std::exchange(first, false));
    }
}

} // namespace ulak::ctl
