# Golden vectors from R's survival and coin packages, on the samples of statistics.json and laws.json: a second
# implementation beside SciPy's.
#
# Run:  Rscript make_survival.R   (in this folder; writes survival.json; made with R 4.2.2, survival 3.5-3, coin 1.4-2,
# jsonlite 1.8.4)
suppressPackageStartupMessages({library(survival); library(coin); library(jsonlite)})

read <- function(name) fromJSON(name, simplifyVector = FALSE)
times <- function(sample) vapply(sample, function(o) as.numeric(o[[1]]), 0)
events <- function(sample) !vapply(sample, function(o) o[[2]], TRUE)

statistics <- read("statistics.json")
laws <- read("laws.json")

# Kaplan-Meier: survfit's curve at event times, and its median, halfway where the curve is flat at 1/2.
curves <- lapply(statistics$curves, function(v) {
  fit <- survfit(Surv(times(v$sample), events(v$sample)) ~ 1)
  list(name = v$name, survival = fit$surv[fit$n.event > 0], median = unname(quantile(fit, 0.5)$quantile))
})

# Exact two-sided permutation tests of Peto-Peto scores: the scores by survfit, the test by coin.
scores <- function(sample) {
  time <- times(sample); event <- events(sample)
  fit <- survfit(Surv(time, event) ~ 1)
  at <- function(t) c(1, fit$surv)[findInterval(t, fit$time) + 1]
  before <- function(t) c(1, fit$surv)[findInterval(t, fit$time, left.open = TRUE) + 1]
  # Rounded, so that ties are ties.
  round(ifelse(event, at(time) + before(time) - 1, at(time) - 1), 12)
}
permutations <- lapply(statistics$permutations, function(v) {
  group <- factor(c(rep("reference", length(v$reference)), rep("fresh", length(v$fresh))))
  test <- independence_test(scores(c(v$reference, v$fresh)) ~ group, distribution = exact("split-up"))
  list(name = v$name, p = as.numeric(pvalue(test)))
})

# Censored regression of log T: survreg of the lognormal model. lambda = -1/slope of the exponential law.
regressions <- lapply(laws$samples, function(v) {
  x <- vapply(v$points, function(p) as.numeric(p[[1]]), 0)
  time <- vapply(v$points, function(p) as.numeric(p[[2]]), 0)
  event <- !vapply(v$points, function(p) p[[3]], TRUE)
  fit <- function(design) {
    control <- survreg.control(rel.tolerance = 1e-12, maxiter = 200)
    model <- survreg(design, dist = "lognormal", control = control)
    # survreg's log-likelihood is that of T; that of log T lacks the Jacobian of the events.
    list(coefficients = unname(coef(model)), sigma = model$scale,
         logLikelihood = model$loglik[2] + sum(log(time[event])))
  }
  list(name = v$name, exponential = fit(Surv(time, event) ~ x), power = fit(Surv(time, event) ~ log(x)))
})

holm <- p.adjust(unlist(statistics$holm$p), method = "holm")
proportions <- lapply(statistics$proportions, function(v) {
  interval <- binom.test(v$successes, v$n, conf.level = v$level)$conf.int
  list(low = interval[1], high = interval[2])
})

versions <- list(R = paste(R.version$major, R.version$minor, sep = "."),
                 survival = as.character(packageVersion("survival")), coin = as.character(packageVersion("coin")))
write(toJSON(list(versions = versions, curves = curves, permutations = permutations, regressions = regressions,
                  holm = holm, proportions = proportions), auto_unbox = TRUE, digits = 15), "survival.json")
