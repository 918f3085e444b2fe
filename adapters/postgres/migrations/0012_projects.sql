-- The true class of a prediction, told afterwards: what a classification project is judged by and learns from.
alter table feedback
  drop constraint feedback_type_check,
  add constraint feedback_type_check check (type in ('rating', 'accuracy', 'actual_price', 'actual_class', 'comment'));
