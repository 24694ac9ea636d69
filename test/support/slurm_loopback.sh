#!/usr/bin/env bash
# A Slurm of one node on loopback, for as long as this script runs: slurmctld, slurmd and a munged of their own, in a
# folder of their own. Says `export SLURM_CONF=…` when it is ready, and ends with the end of its input (Ctrl-D), with
# whoever started it, or on a signal; jobs and daemons end with it.
#   bash test/support/slurm_loopback.sh
# Needs Debian's slurm-wlm and munge, which root installs; root is not needed to run it. Tried with Slurm 22.05.
set -euo pipefail
PATH="$PATH:/usr/sbin:/sbin"
for program in slurmctld slurmd sinfo munged munge; do
  command -v "$program" >/dev/null || { echo "there is no $program here; install slurm-wlm and munge" >&2; exit 2; }
done

free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 10000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

folder=$(mktemp -d) reader= host=$(hostname -s) user=$(id -un) daemons=()
export SLURM_CONF=$folder/slurm.conf
mkdir "$folder/state" "$folder/spool"
chmod 755 "$folder"

finish() {
  local jobs
  scancel --user "$user" >/dev/null 2>&1 || true
  for _ in $(seq 60); do
    jobs=$(squeue -h 2>/dev/null) || break
    [[ -z $jobs ]] && break
    sleep 0.5
  done
  # Latest first: slurmd and slurmctld have a last word that munged signs.
  for ((i = ${#daemons[@]} - 1; i >= 0; i--)); do
    kill "${daemons[i]}" 2>/dev/null || true
    wait "${daemons[i]}" 2>/dev/null || true
  done
  [[ -z $reader ]] || kill "$reader" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

start() {
  "$@" </dev/null >>"$folder/daemons.log" 2>&1 &
  daemons+=($!)
}

# Whether a question is answered within half a minute; else what the daemons have said.
answered() {
  for _ in $(seq 120); do
    "$@" >/dev/null 2>&1 && return
    sleep 0.25
  done
  echo "$1 has had no answer:" >&2
  tail -n 20 "$folder/daemons.log" >&2
  exit 2
}

head -c 128 /dev/urandom >"$folder/munge.key"
chmod 400 "$folder/munge.key"
socket=$folder/munge.socket
cat >"$SLURM_CONF" <<CONF
ClusterName=loopback
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
AuthType=auth/munge
AuthInfo=socket=$socket
CredType=cred/munge
SlurmUser=$user
SlurmdUser=$user
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
CONF

start munged --foreground --force --key-file="$folder/munge.key" --socket="$socket" --pid-file="$folder/munged.pid" \
  --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
answered munge --no-input --socket="$socket"
start slurmctld -D
answered sinfo
start slurmd -D
idle() { sinfo -h -o %T | grep -qx idle; }
answered idle
echo "export SLURM_CONF=$SLURM_CONF"

# A program in the foreground would keep a signal waiting.
exec 3<&0
cat <&3 >/dev/null &
reader=$!
wait "$reader"
