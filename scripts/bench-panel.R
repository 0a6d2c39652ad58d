# The peer of BenchmarkFit: a regression with two effects on 1,000,000 rows of 50,000 units
# and 1,000 times, one regressor, errors clustered by unit, by fixest if it is installed and
# otherwise by plm. It prints one line as a Go benchmark does, or nothing where neither is.
#
#   install.packages("fixest")   # once; make bench finds it
#
# The rows are drawn as BenchmarkFit draws them; their values are others, which changes no
# time. The median of five fits is printed, without reading or drawing the data.
has <- function(name) suppressWarnings(requireNamespace(name, quietly = TRUE))
if (!has("fixest") && !has("plm")) quit(status = 0)
set.seed(1)
n <- 1e6
u <- sample.int(50000L, n, TRUE) - 1L
s <- sample.int(1000L, n, TRUE) - 1L
x <- rnorm(n) + (u %% 7) / 10
d <- data.frame(u, s, x, y = x + (u %% 13) / 10 + (s %% 5) / 10 + rnorm(n))
if (has("fixest")) {
  name <- paste0("fixest-", packageVersion("fixest"))
  fixest::setFixest_nthreads(parallel::detectCores())
  fit <- function() summary(fixest::feols(y ~ x | u + s, d, cluster = ~u, notes = FALSE))
} else {
  name <- paste0("plm-", packageVersion("plm"))
  d <- d[!duplicated(d[c("u", "s")]), ] # plm takes one row of a unit and time
  p <- plm::pdata.frame(d, index = c("u", "s"))
  fit <- function() {
    m <- plm::plm(y ~ x, p, model = "within", effect = "twoways")
    plm::vcovHC(m, cluster = "group")
  }
}
times <- replicate(5, system.time(fit())[["elapsed"]])
cat(sprintf("BenchmarkFit/peer=%s 1 %.0f ns/op\n", name, median(times) * 1e9))
