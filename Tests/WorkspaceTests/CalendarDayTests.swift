import Testing
import Workspace

@Suite struct CalendarDayTests {
    /// Last seconds as `date -u -d 'DAY 23:59:59' +%s` gives them.
    @Test(arguments: [
        ("1970-01-01", 86_399), ("1969-12-31", -1), ("2016-03-02", 1_456_963_199), ("2000-02-29", 951_868_799),
        ("1900-03-01", -2_203_804_801), ("2100-12-31", 4_133_980_799), ("9999-12-31", 253_402_300_799),
    ])
    func lastSecond(_ day: String, _ second: Int) throws {
        #expect(try #require(CalendarDay(day)).lastSecond == second)
    }

    @Test(arguments: [
        "2016-02-30", "2015-02-29", "1900-02-29", "2016-13-01", "2016-00-10", "2016-3-2", "march", "", "2016-01-0x",
    ])
    func noDay(_ text: String) {
        #expect(CalendarDay(text) == nil)
    }
}
