#include "csv/csv_file.hpp"
#include "csv/detail/row_parser.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(csv_file_)

namespace {

using namespace ulak;
using csv::csv_file;
namespace fs = std::filesystem;

struct csv_folder {
    csv_folder() { fs::create_directories(folder); }
    ~csv_folder() { fs::remove_all(folder); }

    std::string write(const std::string& text, const std::string& name = "list.csv")
    {
        std::ofstream(folder / name, std::ios::binary) << text;
        return (folder / name).string();
    }

    /// The cells of each row joined with "|", behind its line number.
    std::vector<std::string> rows_of(csv_file& file)
    {
        std::vector<std::string> all;
        csv::row row;
        while (true) {
            const auto more = file.next(row);
            if (!more) {
                all.push_back("error: " + more.error().message);
                return all;
            }
            if (!*more)
                return all;
            std::string text = std::to_string(row.line) + ":";
            for (const auto& cell : row.cells)
                text += "|" + cell;
            all.push_back(std::move(text));
        }
    }

    error failure_of(const std::string& path, const std::string& below = "", const csv::csv_options& options = {})
    {
        const auto file = csv_file::open(path, file_fence{below, {}}, options);
        BOOST_TEST_REQUIRE(!file.has_value());
        return file.error();
    }

    fs::path folder = fs::temp_directory_path() / ("ulak-csv-" + std::to_string(::getpid()));
};

using texts = std::vector<std::string>;

/// `low`: where the lower byte stands, 0 or 1.
std::string utf16(std::u16string_view letters, int low)
{
    std::string out;
    for (const char16_t c : letters)
        for (const int half : {0, 1})
            out.push_back(static_cast<char>(half == low ? c & 0xFF : c >> 8));
    return out;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(rows_are_read_whatever_the_separator_the_line_ends_and_the_quotes, csv_folder)
{
    struct sample {
        const char* what;
        std::string text;
        texts columns, rows;
    };
    const std::vector<sample> samples{
        {"comma", "ad,gsm\nAli,1\n", {"ad", "gsm"}, {"2:|Ali|1"}},
        {"semicolon", "ad;gsm\nAli;1\n", {"ad", "gsm"}, {"2:|Ali|1"}},
        {"tab", "ad\tgsm\nAli\t1\n", {"ad", "gsm"}, {"2:|Ali|1"}},
        {"the separator that the first line has most of", "a;b;c,d\n1;2;3\n", {"a", "b", "c,d"}, {"2:|1|2|3"}},
        {"a separator inside of quotes does not count", "\"a;b;c\",d\n1,2\n", {"a;b;c", "d"}, {"2:|1|2"}},
        {"one column", "gsm\n1\n2\n", {"gsm"}, {"2:|1", "3:|2"}},
        {"byte order mark", "\xEF\xBB\xBFgsm\n1\n", {"gsm"}, {"2:|1"}},
        {"CRLF", "ad,gsm\r\nAli,1\r\n", {"ad", "gsm"}, {"2:|Ali|1"}},
        {"no end of line at the end", "gsm\n1", {"gsm"}, {"2:|1"}},
        {"blank lines", "gsm\n\n1\n\n\n2\n", {"gsm"}, {"3:|1", "6:|2"}},
        {"blanks around column names", " ad , gsm \nAli,1\n", {"ad", "gsm"}, {"2:|Ali|1"}},
        {"a line end inside of quotes", "ad,gsm\n\"A\nli\",1\nVeli,2\n", {"ad", "gsm"}, {"2:|A\nli|1", "4:|Veli|2"}},
        {"a doubled quote", "ad\n\"A \"\"li\"\"\"\n", {"ad"}, {"2:|A \"li\""}},
        {"the separator of most rows",
         "gsm;ad, soyad\n1;Ali\n2;Veli\n",
         {"gsm", "ad, soyad"},
         {"2:|1|Ali", "3:|2|Veli"}},
        {"|", "ad|gsm\nAli|1\n", {"ad", "gsm"}, {"2:|Ali|1"}},
        {"a line that spreadsheets read", "sep=;\nad;gsm\nA,li;1\n", {"ad", "gsm"}, {"3:|A,li|1"}},
        {"the same, quoted", "\"sep=|\"\nad|gsm\nAli|1\n", {"ad", "gsm"}, {"3:|Ali|1"}},
        {"CR alone", "ad,gsm\rAli,1\r12,x\r", {"ad", "gsm"}, {"2:|Ali|1", "3:|12|x"}},
        {"a quote in a cell",
         "ad,gsm\n24\" ekran,1\nAli \"Usta\" Kaya,2\n",
         {"ad", "gsm"},
         {"2:|24\" ekran|1", "3:|Ali \"Usta\" Kaya|2"}},
        {"quotes that were not doubled",
         "ad,gsm\n\"Ali \"Usta\" Kaya\",1\n",
         {"ad", "gsm"},
         {"2:|Ali \"Usta\" Kaya|1"}},
        {"rows of blank cells", "ad,gsm\n,\n  ,\t\n\xC2\xA0,\nAli,1\n\x1A", {"ad", "gsm"}, {"5:|Ali|1"}},
        {"separators at the end", "ad,gsm,,\nAli,1,,\n", {"ad", "gsm"}, {"2:|Ali|1||"}},
        {"no-break spaces around column names",
         "\xC2\xA0"
         "ad,gsm\xE2\x80\x8B\nAli,1\n",
         {"ad", "gsm"},
         {"2:|Ali|1"}},
        {"UTF-16 with a mark", utf16(u"\uFEFFa,g\r\nŞ,1\n", 0), {"a", "g"}, {"2:|Ş|1"}},
        {"the other one", utf16(u"\uFEFFa,g\nŞ,1\n", 1), {"a", "g"}, {"2:|Ş|1"}},
        {"UTF-16 without one", utf16(u"a,g\nŞ,1\n", 0), {"a", "g"}, {"2:|Ş|1"}},
        {"Windows-1254", "ad\xFD,gsm\n\xDEule,1\n", {"adı", "gsm"}, {"2:|Şule|1"}},
        {"rows that are too short or too long", "a,b\n1\n1,2,3\n", {"a", "b"}, {"2:|1", "3:|1|2|3"}},
        {"no rows", "a,b\n", {"a", "b"}, {}},
    };
    for (const sample& s : samples) {
        BOOST_TEST_CONTEXT(s.what)
        {
            auto file = csv_file::open(write(s.text), file_fence());
            BOOST_TEST_REQUIRE(file.has_value());
            BOOST_TEST(file->columns() == s.columns, boost::test_tools::per_element());
            BOOST_TEST(rows_of(*file) == s.rows, boost::test_tools::per_element());
        }
    }
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_read_names_its_line_and_what_is_wrong, csv_folder)
{
    struct sample {
        std::string text, message; ///< a part of it
    };
    const std::vector<sample> samples{
        {"", "line 1: the file is empty"},
        {"\n\n", "line 1: the file is empty"},
        {std::string("gsmno\0m\n1\n", 10), "line 1: a NUL (U+0000)"},
        {std::string("gsm,ad\nAli,1\nVeli\0,2\n", 22), "line 3: a NUL (U+0000)"},
        {"PK\x03\x04 and more", "xlsx"},
        {"\xD0\xCF\x11\xE0 and more", "xls"},
        {" \n<!DOCTYPE html><html>", "HTML"},
    };
    for (const sample& s : samples) {
        const auto failure = failure_of(write(s.text));
        BOOST_TEST((failure.code == errc::validation));
        BOOST_TEST(failure.message.find(s.message) != std::string::npos, failure.message);
    }
}

BOOST_FIXTURE_TEST_CASE(a_row_that_cannot_be_read_ends_the_file_where_it_stands, csv_folder)
{
    struct sample {
        std::string text;
        texts rows;
    };
    const std::vector<sample> samples{
        {"gsm\nş\n\xDEifre\n",
         {"2:|ş", "error: line 3: not UTF-8, although lines before it are: save the whole file as UTF-8"}},
        {"gsm\n1\n\"2\n", {"2:|1", "error: line 3: a quote opens in this row and is never closed"}},
        {"gsm\n1\n2\n\"3\n4\n", {"2:|1", "3:|2", "error: line 4: a quote opens in this row and is never closed"}},
        {"gsm,ad\n1,\"a\n2,b\n3,c\"\n4,d\n",
         {"error: line 2: the quote that opens here closes in line 4 only, with whole rows in between: one of the two "
          "is "
          "not meant as a quote"}},
    };
    for (const sample& s : samples) {
        auto file = csv_file::open(write(s.text), file_fence());
        BOOST_TEST_REQUIRE(file.has_value());
        BOOST_TEST(rows_of(*file) == s.rows, boost::test_tools::per_element());
    }
}

BOOST_FIXTURE_TEST_CASE(what_the_job_says_of_a_file_goes_before_what_it_looks_like, csv_folder)
{
    csv::csv_options o;
    o.separator = ',';
    BOOST_TEST(csv_file::open(write("a;b,c\n"), file_fence(), o)->columns() == texts({"a;b", "c"}),
               boost::test_tools::per_element());
    o = {};
    o.written = csv::encoding::windows1254;
    BOOST_TEST(csv_file::open(write("ad\xC4\xB1\n"), file_fence(), o)->columns() == texts({"adÄ±"}),
               boost::test_tools::per_element());
    o.written = csv::encoding::utf8;
    BOOST_TEST(failure_of(write("ad\xFD\n"), "", o).message.find("encoding: windows-1254") != std::string::npos);
    o = {};
    o.column = "gsm"; // the column that is wanted tells the separator
    BOOST_TEST(csv_file::open(write("gsm|a;b;c\n1|2;3;4\n"), file_fence(), o)->separator() == '|');
}

BOOST_FIXTURE_TEST_CASE(names_below_a_title_are_told_with_their_line, csv_folder)
{
    csv::csv_options o;
    o.column = "gsm";
    const auto failure = failure_of(write("Mayıs listesi;\n;\nad;gsm\nAli;1\n"), "", o);
    BOOST_TEST(failure.message == "line 1: the column gsm is named in line 3: take the lines above it out of the file");
    BOOST_TEST(csv_file::open(write("1;Ali\n2;Veli\n"), file_fence(), o)->describe() ==
               "1, Ali, separated by a semicolon (;)");
}

BOOST_FIXTURE_TEST_CASE(one_letter_of_windows_1254_after_thousands_of_ascii_rows_is_read, csv_folder)
{
    std::string text = "ad,gsm\n";
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i)
        text += (i == n / 2 ? "\xDEule," : "Ali,") + std::to_string(i) + "\n";
    auto file = csv_file::open(write(text), file_fence());
    BOOST_TEST_REQUIRE(file.has_value());
    BOOST_TEST((file->found() == csv::encoding::utf8));
    const auto rows = rows_of(*file);
    BOOST_TEST_REQUIRE(rows.size() == static_cast<std::size_t>(n));
    BOOST_TEST(rows[n / 2] == std::to_string(n / 2 + 2) + ":|Şule|" + std::to_string(n / 2));
    BOOST_TEST((file->found() == csv::encoding::windows1254));
}

BOOST_FIXTURE_TEST_CASE(a_file_of_many_blocks_is_read_to_its_end, csv_folder)
{
    std::string text = "ad,gsm\n";
    constexpr int n = 20'000;
    for (int i = 0; i < n; ++i)
        text += "Ali Veli," + std::to_string(i) + "\n";
    auto file = csv_file::open(write(text), file_fence());
    BOOST_TEST_REQUIRE(file.has_value());
    const auto rows = rows_of(*file);
    BOOST_TEST_REQUIRE(rows.size() == static_cast<std::size_t>(n));
    BOOST_TEST(rows.back() == std::to_string(n + 1) + ":|Ali Veli|" + std::to_string(n - 1));
}

BOOST_FIXTURE_TEST_CASE(a_quote_that_is_never_closed_does_not_read_the_whole_file_into_memory, csv_folder)
{
    auto file = csv_file::open(write("gsm\n" + std::string(100'000, '5') + "\n"), file_fence());
    BOOST_TEST(file.has_value()); // long, and no longer than a row can be
    const auto path = write("gsm\n1\n\"" + std::string(csv::longest_row + 200'000, 'x'));
    auto endless = csv_file::open(path, file_fence());
    BOOST_TEST_REQUIRE(endless.has_value());
    BOOST_TEST(rows_of(*endless).back() ==
               "error: line 3: the row is longer than 1048576 bytes; is a quote not closed?");
}

BOOST_FIXTURE_TEST_CASE(only_a_regular_file_below_its_folder_is_opened, csv_folder)
{
    const auto inside = write("gsm\n1\n");
    fs::create_directories(folder / "jobs");
    fs::create_symlink(inside, folder / "jobs" / "link.csv");
    const std::string jobs = (folder / "jobs").string();
    BOOST_TEST((failure_of((folder / "none.csv").string()).code == errc::not_found));
    BOOST_TEST((failure_of(jobs).code == errc::validation)); // a folder
    BOOST_TEST((failure_of(inside, jobs).code == errc::forbidden));
    BOOST_TEST((failure_of(jobs + "/link.csv", jobs).code == errc::forbidden), "a link that leads out");
    BOOST_TEST(csv_file::open(inside, file_fence{folder.string(), {}}).has_value());
    BOOST_TEST(csv_file::open(jobs + "/link.csv", file_fence{folder.string(), {}}).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_secret_is_never_read_as_a_list, csv_folder)
{
    fs::create_directories(folder / "secrets");
    const auto secret = write("k3y-of-the-provider\n", "secrets/key");
    const file_fence fence{folder.string(), {(folder / "secrets").string()}};
    const file_fence anywhere{{}, fence.never_in};
    fs::create_symlink("secrets/key", folder / "link.csv");
    for (const std::string& path : {secret, (folder / "link.csv").string()})
        for (const file_fence& f : {fence, anywhere}) {
            const auto file = csv_file::open(path, f);
            BOOST_TEST_REQUIRE(!file.has_value());
            BOOST_TEST((file.error().code == errc::forbidden));
            BOOST_TEST(file.error().message.find("k3y") == std::string::npos);
        }
}

BOOST_FIXTURE_TEST_CASE(what_is_no_file_or_too_large_is_refused_without_waiting, csv_folder)
{
    const std::string fifo = (folder / "fifo.csv").string();
    BOOST_TEST_REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    BOOST_TEST((failure_of(fifo).code == errc::validation));
    BOOST_TEST((failure_of("/dev/zero").code == errc::validation));
    const auto huge = write("gsm\n1\n", "huge.csv");
    fs::resize_file(huge, csv::largest_file + 1); // sparse
    BOOST_TEST(failure_of(huge).message.find("larger than 1024 MiB") != std::string::npos);
}

// One thread puts a link to the outside in the place of the list and back, for as long as the other opens it.
BOOST_FIXTURE_TEST_CASE(a_list_that_is_exchanged_while_it_is_opened_leads_nowhere_else, csv_folder)
{
    fs::create_directories(folder / "config");
    const auto outside = write("secret\n", "outside.csv");
    const auto list = write("gsm\n1\n", "config/list.csv");
    const file_fence fence{(folder / "config").string(), {}};
    std::atomic<bool> done = false;
    std::thread attacker([&] {
        const fs::path spare = folder / "config" / "spare.csv";
        while (!done) {
            fs::create_symlink(outside, spare);
            fs::rename(spare, list);
            std::ofstream(spare) << "gsm\n1\n";
            fs::rename(spare, list);
        }
    });
    int lists = 0, leaks = 0;
    for (int i = 0; i < 5000 || (lists == 0 && i < 1'000'000); ++i)
        if (const auto file = csv_file::open(list, fence)) {
            lists += file->columns() == texts{"gsm"};
            leaks += file->columns() == texts{"secret"};
        }
    done = true;
    attacker.join();
    BOOST_TEST(leaks == 0);
    BOOST_TEST(lists > 0);
}

BOOST_AUTO_TEST_SUITE_END()
